/** A key pair of the age format: whoever has `identity` opens what was encrypted to `recipient`. */
export async function newIdentity({ postQuantum }: { readonly postQuantum: boolean }): Promise<{
  readonly identity: string;
  readonly recipient: string;
}> {
  const { generateHybridIdentity, generateX25519Identity, identityToRecipient } = await import(
    'age-encryption'
  );
  const identity = await (postQuantum ? generateHybridIdentity() : generateX25519Identity());
  return { identity, recipient: await identityToRecipient(identity) };
}
