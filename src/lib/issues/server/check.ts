import { readEmail, type Contact } from '../../identity/contact.ts';
import { readPhone } from '../../identity/server/index.ts';
import type { Asker } from '../../identity/asker.ts';
import { can } from '../../identity/permissions.ts';
import { m } from '../../i18n/index.ts';
import type { Db } from '../../platform/server/db.ts';
import { reportProblems, type Problem } from '../rules.ts';
import { serviceWords, spokenTerms } from './service-words.ts';
import { serviceByCode, type ServiceWithQuestions } from './services.ts';
import type { ReportFacts } from './report-facts.ts';

/** A report with everything it names looked up, and every problem it has, in the order of the page. */
export interface Checked {
	service: ServiceWithQuestions | null;
	contacts: Contact[];
	problems: Problem[];
}

/** Whether somebody may type in a report for somebody else. */
export const mayCapture = ({ actor }: Asker, municipalityId: string) =>
	can(actor, 'issue.capture', { municipalityId });

/** Looks at a report without keeping anything. */
export async function checkReport(db: Db, asker: Asker, facts: ReportFacts): Promise<Checked> {
	const { kind, service: code, municipalityId } = facts;
	const service =
		kind === 'issue' && code ? await serviceByCode(db, municipalityId, code.slice(0, 60)) : null;
	const { contacts, problems: unreachable } = readContacts(facts);

	const problems = reportProblems(
		{
			description: facts.description,
			place: facts.place ?? '',
			lat: facts.lat,
			lon: facts.lon,
			accuracy: facts.accuracy,
			name: facts.name ?? '',
			answers: facts.answers ?? {}
		},
		service ? spokenTerms(service) : null
	);
	if (kind === 'issue' && !service)
		problems.unshift({ field: 'service', message: m.report_need_service() });
	problems.push(...unreachable);

	if (service && !service.anonymousAllowed && unknown(asker, facts, contacts))
		problems.push({
			field: 'phone',
			message: m.report_need_contact({ service: serviceWords(service.name) })
		});
	if (facts.capture && !mayCapture(asker, municipalityId))
		problems.push({ field: '', message: m.report_only_staff() });
	return { service: service ?? null, contacts, problems };
}

const unknown = ({ actor }: Asker, facts: ReportFacts, contacts: Contact[]) =>
	facts.anonymous || (!contacts.length && (!actor || Boolean(facts.capture)));

/** Who gives no name gives no contact either, whatever the browser filled in. */
function readContacts({ phone, email, anonymous }: ReportFacts) {
	const contacts: Contact[] = [];
	const problems: Problem[] = [];
	if (anonymous) return { contacts, problems };

	const read = (
		field: string,
		typed: string | undefined,
		reader: (typed: string) => Contact | null,
		message: string
	) => {
		if (!typed) return;
		const contact = reader(typed);
		if (contact) contacts.push(contact);
		else problems.push({ field, message });
	};
	read('phone', phone, readPhone, m.report_bad_phone());
	read('email', email, readEmail, m.report_bad_email());
	return { contacts, problems };
}
