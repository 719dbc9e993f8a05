import type { Context } from 'hono';
import { bearerOf } from '../../../service/http/bearer.ts';
import type { Gateway } from '../../core/gateway.ts';

export const tokenOf = (context: Context): string =>
  bearerOf(context.req.header('authorization')) ?? '';

/** The person who is logged in, as the gateway knows them. @throws RenkeiError not_authenticated */
export const personOf = ({ persons }: Gateway, context: Context): string =>
  persons.find(tokenOf(context));
