// Setting up is reading and sending forms: no page of it needs a script.
export const csr = false;
