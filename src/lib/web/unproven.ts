/**
 * The mark `serve.ts` puts on a form that came without Origin, Referer and Sec-Fetch-Site: nothing
 * says from where. Whatever a client sends under this name is thrown away.
 */
export const unproven = 'x-imbizo-unproven';
