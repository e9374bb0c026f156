import { error, fail, redirect } from '@sveltejs/kit';
import type * as v from 'valibot';
import { Refusal } from '#lib/platform/refusal.ts';
import type { Refused } from '#lib/ui/form-state.ts';
import { readForm, type Problem } from './read-form.ts';

/** Every text that was sent, by name. */
export const allSent = (form: FormData): Record<string, string[]> => {
	const sent: Record<string, string[]> = {};
	for (const [name, value] of form)
		if (typeof value === 'string') (sent[name] ??= []).push(value.slice(0, 20_000));
	return sent;
};

const refused = (status: number, problems: Problem[], form: FormData) =>
	fail<Refused>(status, { problems, sent: allSent(form) });

/**
 * A form from reading to the next page: what is wrong is said beside its field with everything kept,
 * a refusal is told in its own words, and what is done goes on by 303. `next` may use the deed's answer.
 */
export async function submit<Schema extends v.GenericSchema, Answer>(
	request: Request,
	schema: Schema,
	deed: (fields: v.InferOutput<Schema>) => Promise<Answer>,
	next: string | ((answer: Answer) => string)
) {
	const form = await request.formData();
	const { fields, problems } = readForm(form, schema);
	if (problems) return refused(400, problems, form);

	let answer: Answer;
	try {
		answer = await deed(fields as v.InferOutput<Schema>);
	} catch (reason) {
		if (!(reason instanceof Refusal)) throw reason;
		if (reason.status === 404) error(404, reason.message);
		// A version is nothing a person can go to.
		const field = reason.field === 'version' ? '' : (reason.field ?? '');
		return refused(reason.status, [{ field, message: reason.message }], form);
	}
	redirect(303, typeof next === 'string' ? next : next(answer));
}
