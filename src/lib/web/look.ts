import { fail } from '@sveltejs/kit';
import type * as v from 'valibot';
import { Refusal } from '#lib/platform/refusal.ts';
import type { Refused } from '#lib/ui/form-state.ts';
import { readForm } from './read-form.ts';
import { allSent } from './submit.ts';

/** Reads a form and shows what it would do, with everything that was typed; nothing is done. */
export async function look<Schema extends v.GenericSchema, Preview>(
	request: Request,
	schema: Schema,
	preview: (fields: v.InferOutput<Schema>) => Promise<Preview>
) {
	const form = await request.formData();
	const { fields, problems } = readForm(form, schema);
	const sent = allSent(form);
	if (problems) return fail<Refused>(400, { problems, sent });
	try {
		return { problems: [], sent, preview: await preview(fields as v.InferOutput<Schema>) };
	} catch (reason) {
		if (!(reason instanceof Refusal)) throw reason;
		const { status, field = '', message } = reason;
		return fail<Refused>(status, { problems: [{ field, message }], sent });
	}
}
