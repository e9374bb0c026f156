/**
 * The mark `serve.ts` puts on a form that came without Origin, Referer and Sec-Fetch-Site: nothing
 * says from where. Whatever a client sends under this name is thrown away.
 */
export const unproven = 'x-imbizo-unproven';

/** Set by the server itself on a request that came without a proxy's word about its protocol. */
export const direct = 'x-imbizo-direct';
