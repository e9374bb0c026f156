/** A phone number or address as somebody gave it, made equal however it was typed. */
export interface Contact {
	kind: 'phone' | 'email';
	/** E.164 for a phone, lower case for an e-mail address. */
	value: string;
	/** Whether an SMS can reach it: cell phones only. */
	sms: boolean;
}

/** `•••• 4567` or `t•••@mail.example`: enough to know one's own, not enough to call a stranger. */
export const maskContact = ({ kind, value }: Pick<Contact, 'kind' | 'value'>) =>
	kind === 'phone' ? `•••• ${value.slice(-4)}` : value.replace(/^(.).*(@.+)$/, '$1•••$2');

// One @, no spaces, a dot in the domain: the code that arrives proves the rest.
const address = /^[^\s@"(),:;<>[\\\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,190}[a-z0-9])?\.[a-z]{2,24}$/;

/** Whether a text is an e-mail address one could write to, and its lower-case form. */
export function readEmail(typed: string): Contact | null {
	const value = typed.trim().toLowerCase();
	return address.test(value) && !value.includes('..') ? { kind: 'email', value, sms: false } : null;
}
