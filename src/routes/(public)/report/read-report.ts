import type { Answers, Problem } from '#lib/issues/rules.ts';
import type { ReportFacts } from '#lib/issues/server/index.ts';
import { readOutageNumber } from '#lib/outages/rules.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { cleanLine, cleanText } from '#lib/platform/text.ts';
import { formObject } from '#lib/web/read-form.ts';

/** What was sent, as the page needs it to show everything again. */
export type Sent = Record<string, string | string[]>;

export interface SentReport {
	facts: Omit<ReportFacts, 'photoIds'>;
	files: File[];
	/** Photos staged by an earlier try. */
	tokens: string[];
	sent: Sent;
	/** The page offers open reports of the same thing before it sends; other senders have seen no page. */
	offers: boolean;
	/** "This is mine too": the reference that was pressed. */
	same: string;
	/** "Add my address": the number of the known outage that was pressed. */
	outage: number | null;
}

/** Reads the fields of the contract. Nothing is judged here; texts are cleaned. */
export function readReport(form: FormData, municipalityId: string): SentReport {
	const text = (name: string) => {
		const value = form.get(name);
		return typeof value === 'string' ? value : '';
	};
	const line = (name: string) => cleanLine(text(name)) || undefined;
	const on = (name: string) => !['', '0', 'false', 'no', 'off'].includes(text(name).toLowerCase());

	const kind = text('kind') === 'suggestion' ? 'suggestion' : 'issue';
	const service = cleanLine(text('service')).slice(0, 60);
	const clientId = text('client_id').toLowerCase();
	return {
		facts: {
			municipalityId,
			kind,
			service,
			description: cleanText(text('description')),
			answers: answersTo(form, service),
			lat: line('lat'),
			lon: line('lon'),
			accuracy: line('accuracy'),
			pinned: on('pinned'),
			place: line('place'),
			ward: line('ward')?.slice(0, 20),
			name: line('name'),
			phone: line('phone'),
			email: line('email'),
			showName: on('show_name'),
			anonymous: on('anonymous'),
			language: line('language'),
			notice: line('notice'),
			clientId: isId(clientId) ? clientId : newId(),
			capture: captureOf(text('capture'))
		},
		files: form
			.getAll('photo')
			.filter(
				(each): each is File => typeof each !== 'string' && (each.name !== '' || each.size > 0)
			),
		tokens: form.getAll('photo_token').filter((each) => typeof each === 'string'),
		sent: withoutFiles(form),
		offers: on('check') && !on('mine_is_different'),
		same: text('same'),
		outage: readOutageNumber(text('outage'))
	};
}

const captureOf = (sent: string) => (sent === 'phone' || sent === 'counter' ? sent : undefined);

/** `q_CODE`, or `q_SERVICE_CODE` where the page shows the questions of many services at once. */
function answersTo(form: FormData, service: string): Answers {
	const answers: Answers = {};
	for (const name of new Set(form.keys())) {
		if (!name.startsWith('q_')) continue;
		const own = `q_${service}_`;
		const code = name.startsWith(own) ? name.slice(own.length) : name.slice(2);
		const given = form
			.getAll(name)
			.filter((each) => typeof each === 'string')
			.map(cleanLine)
			.filter(Boolean);
		if (given.length) answers[code] = given.length === 1 ? given[0] : given;
	}
	return answers;
}

const withoutFiles = (form: FormData): Sent =>
	Object.fromEntries(
		Object.entries(formObject(form)).filter(
			(pair): pair is [string, string | string[]] =>
				typeof pair[1] === 'string' ||
				(Array.isArray(pair[1]) && pair[1].every((each) => typeof each === 'string'))
		)
	);

/** Where on the page a problem lies. */
export const anchorOf = ({ field, message }: Problem, service: string): Problem => ({
	field: field.startsWith('q_')
		? `q_${service}_${field.slice(2)}`
		: field === 'lat' || field === 'lon'
			? 'place'
			: field,
	message
});
