import {
	addClip,
	approveClip,
	clipRights,
	clipsForOffice,
	removeClip,
	type ClipOf
} from '#lib/alerts/server/index.ts';
import { isId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { attempt } from './attempt.ts';
import { deedOf } from './deed.ts';

type Locals = Pick<App.Locals, 'db' | 'actor' | 'municipality'>;
interface Asked {
	locals: Locals;
	request: Request;
}

/** What the page about recordings shows, and who may do what with them. */
export async function recordingsOf({ db, actor, municipality }: Locals, of: ClipOf) {
	return {
		clips: await clipsForOffice(db, actor, municipality.id, of),
		may: clipRights(actor, municipality.id, of),
		me: actor.id
	};
}

/** The deeds of the forms around a recording. */
export const clipActions = <Event extends Asked>(
	of: (event: Event) => ClipOf,
	next: (event: Event, form: FormData) => string
) => ({
	addClip: async (event: Event) => {
		const { db, actor, municipality } = event.locals;
		const form = await event.request.formData();
		const sent = form.get('clip');
		return await attempt(
			form,
			async () => {
				const bytes =
					sent instanceof File ? Buffer.from(await sent.arrayBuffer()) : Buffer.alloc(0);
				await addClip(db, actor, {
					id: deedOf(form),
					municipalityId: municipality.id,
					of: of(event),
					language: String(form.get('language') ?? ''),
					bytes
				});
			},
			() => next(event, form)
		);
	},
	approveClip: (event: Event) => deed(event, approveClip, next),
	removeClip: (event: Event) => deed(event, removeClip, next)
});

async function deed<Event extends Asked>(
	event: Event,
	verb: typeof approveClip,
	next: (event: Event, form: FormData) => string
) {
	const { db, actor, municipality } = event.locals;
	const form = await event.request.formData();
	const id = String(form.get('clip') ?? '');
	return await attempt(
		form,
		async () => {
			if (!isId(id)) throw notFound();
			await verb(db, actor, { municipalityId: municipality.id, id });
		},
		() => next(event, form)
	);
}
