/** `<step>` and `<step.digest>`: where a path or a body refers to an earlier step, its inquiry or what was shown. */
export const REFERENCE = /<([^<>.]+)(\.digest)?>/gu;
