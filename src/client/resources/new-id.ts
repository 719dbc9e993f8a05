import { base64url } from 'jose';

/** 128 random bits that name an inquiry, a draft, a change of persons. */
export const newId = (): string => base64url.encode(crypto.getRandomValues(new Uint8Array(16)));
