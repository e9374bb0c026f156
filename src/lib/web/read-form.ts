import * as v from 'valibot';
import { cleanText } from '#lib/platform/text.ts';

export interface Problem {
	field: string;
	message: string;
}

type Reading<Schema extends v.GenericSchema> =
	{ fields: v.InferOutput<Schema>; problems: null } | { fields: null; problems: Problem[] };

/** Reads a form by its schema: `fields` when it is sound, otherwise every problem with its field. Texts are cleaned first. */
export function readForm<Schema extends v.GenericSchema>(
	form: FormData,
	schema: Schema
): Reading<Schema> {
	const read = v.safeParse(schema, formObject(form), { abortPipeEarly: true });
	if (read.success) return { fields: read.output, problems: null };
	return {
		fields: null,
		problems: read.issues.map((issue) => ({
			field: String(issue.path?.[0]?.key ?? ''),
			message: issue.message
		}))
	};
}

/** One value per name; names that come twice give a list. */
export function formObject(form: FormData): Record<string, unknown> {
	const sent: Record<string, unknown> = {};
	for (const name of new Set(form.keys())) {
		const values = form
			.getAll(name)
			.map((value) => (typeof value === 'string' ? cleanText(value) : value));
		sent[name] = values.length === 1 ? values[0] : values;
	}
	return sent;
}
