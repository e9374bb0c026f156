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

/** One of a person's contacts, as far as choosing which one is used goes. */
export interface ChosenContact {
	id: string;
	kind: Contact['kind'];
	verifiedAt: Date | null;
	bouncedAt: Date | null;
	chosenAt: Date | null;
	givenAt: Date;
}

/**
 * Which of a person's contacts are used: of each kind the one they chose last, otherwise the oldest;
 * only what was proved and does not come back. Delivery puts them in the same order (`chosenFirst`).
 */
export function usedContacts(contacts: ChosenContact[]): Set<string> {
	const good = contacts
		.filter(({ verifiedAt, bouncedAt }) => verifiedAt && !bouncedAt)
		.sort(
			(a, b) =>
				Number(b.chosenAt ?? 0) - Number(a.chosenAt ?? 0) || Number(a.givenAt) - Number(b.givenAt)
		);
	const first = (kind: Contact['kind']) => good.find((each) => each.kind === kind)?.id;
	return new Set([first('phone'), first('email')].filter((id) => id !== undefined));
}
