import { m } from '../i18n/index.ts';

/** A closed door (404), bad words (400), a clash with what somebody else did (409), too often (429). */
export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 429;

/** Something the product refuses to do, told in words the person can act on. */
export class Refusal extends Error {
	readonly status: RefusalStatus;
	/** The form field that has to change, where there is one. */
	readonly field?: string;

	constructor(status: RefusalStatus, message: string, field?: string) {
		super(message);
		this.name = 'Refusal';
		this.status = status;
		this.field = field;
	}
}

/** What the person may not see does not exist. */
export const notFound = () => new Refusal(404, m.shell_not_found());
