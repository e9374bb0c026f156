import { alertOutputs } from '#lib/alerts/server/index.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { ask } from '#lib/web/attempt.ts';
import { clipActions, recordingsOf } from '#lib/web/clip-form.ts';

/** Everything this alert yields, each with its length, and what can be listened to. */
export const load = ({ locals, params }) =>
	ask(async () => {
		if (!isId(params.alert)) throw notFound();
		const { db, actor, municipality } = locals;
		return {
			...(await alertOutputs(db, actor, municipality.id, params.alert)),
			recordings: await recordingsOf(locals, { alertId: params.alert }),
			deed: newId()
		};
	});

export const actions = clipActions<{
	locals: App.Locals;
	request: Request;
	params: { alert: string };
}>(
	({ params }) => {
		if (!isId(params.alert)) throw notFound();
		return { alertId: params.alert };
	},
	({ params }) => `/office/alerts/${params.alert}/outputs#recordings`
);
