import type { RequestEvent } from './$types';
import {
	answerObjection,
	editIssue,
	editWords,
	hideIssue,
	hideWords,
	keepAsItIs,
	moderationOf,
	release,
	removePhoto,
	restoreIssue,
	restorePhoto,
	restoreWords
} from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { referenceIn } from '#lib/web/issue-at.ts';

const placeOf = ({ locals, params }: Pick<RequestEvent, 'locals' | 'params'>) => ({
	municipalityId: locals.municipality.id,
	reference: referenceIn(params)
});

export async function load({ locals, params, url }) {
	const of = await ask(() => moderationOf(locals.db, locals.actor, placeOf({ locals, params })));
	return { of, deed: newId(), done: url.searchParams.has('done') };
}

type Facts = ReturnType<typeof factsOf>;

function factsOf(event: RequestEvent, form: FormData) {
	const text = (name: string) => String(form.get(name) ?? '');
	return {
		...placeOf(event),
		reason: text('reason'),
		words: text('words'),
		text: text('text'),
		eventId: text('event'),
		photoId: text('photo'),
		moderationId: text('act'),
		deedId: deedOf(form),
		basedOn: Number(text('version')) || undefined
	};
}

/** One deed of this page, and back to it. */
const deed =
	(act: (locals: App.Locals, facts: Facts) => Promise<unknown>) => async (event: RequestEvent) => {
		const form = await event.request.formData();
		const { reference } = placeOf(event);
		return attempt(
			form,
			() => act(event.locals, factsOf(event, form)),
			`/office/moderation/${reference}?done#top`
		);
	};

export const actions = {
	release: deed(({ db, actor }, facts) => release(db, actor, facts)),
	keep: deed(({ db, actor }, facts) => keepAsItIs(db, actor, facts)),
	hide: deed(({ db, actor }, facts) => hideIssue(db, actor, facts)),
	edit: deed(({ db, actor }, facts) => editIssue(db, actor, facts)),
	restore: deed(({ db, actor }, facts) => restoreIssue(db, actor, facts)),
	hideWords: deed(({ db, actor }, facts) => hideWords(db, actor, facts)),
	editWords: deed(({ db, actor }, facts) => editWords(db, actor, facts)),
	restoreWords: deed(({ db, actor }, facts) => restoreWords(db, actor, facts)),
	removePhoto: deed(({ db, actor }, facts) => removePhoto(db, actor, facts)),
	restorePhoto: deed(({ db, actor }, facts) => restorePhoto(db, actor, facts)),
	answer: deed(({ db, actor }, facts) => answerObjection(db, actor, facts))
};
