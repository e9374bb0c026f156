/** `Ward 7`: the Demarcation Board's code ends with the number of the ward, in three digits. */
export const wardName = (code: string) => `Ward ${Number(code.slice(-3))}`;
