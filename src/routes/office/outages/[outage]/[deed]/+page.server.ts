import { error } from '@sveltejs/kit';
import { isOutageDeed, possibleOutageDeeds, readOutageNumber } from '#lib/outages/rules.ts';
import {
	changeOutage,
	composerChoices,
	discardOutage,
	moveOutage,
	outageToWork
} from '#lib/outages/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { wallTime } from '#lib/web/alert-form.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import {
	outageFactsOf,
	outageFieldsOf,
	outageFieldsSent,
	readForecast
} from '#lib/web/outage-form.ts';

const deedIn = ({ deed }: { deed: string }) =>
	isOutageDeed(deed) ? deed : error(404, 'This page does not exist, or it is not yours to see.');

export async function load({ locals, params }) {
	const { db, actor, municipality } = locals;
	const deed = deedIn(params);
	const now = new Date();
	const { timezone } = municipality;
	const outage = await ask(() =>
		outageToWork(db, actor, municipality.id, readOutageNumber(params.outage) ?? 0, now)
	);
	return {
		outage,
		deed,
		gone: !possibleOutageDeeds(outage.state).includes(deed),
		choices: deed === 'edit' ? await composerChoices(db, actor, municipality.id, now) : null,
		fields: outageFieldsOf(outage, timezone),
		forecast: wallTime(outage.forecastEnd, timezone),
		deedId: newId(now),
		now
	};
}

export const actions = {
	default: async ({ locals, params, request }) => {
		const { db, actor, municipality } = locals;
		const deed = deedIn(params);
		const form = await request.formData();
		const at = {
			municipalityId: municipality.id,
			number: readOutageNumber(params.outage) ?? 0,
			version: Number(form.get('version')) || undefined
		};
		const answer = await attempt(
			form,
			() => {
				if (deed === 'edit')
					return changeOutage(db, actor, { ...outageFactsOf(form, municipality.timezone), ...at });
				if (deed === 'discard') return discardOutage(db, actor, at);
				return moveOutage(db, actor, {
					...at,
					deed,
					deedId: deedOf(form),
					forecast: readForecast(form, municipality.timezone),
					why: String(form.get('why') ?? '').slice(0, 2000)
				});
			},
			deed === 'discard' ? '/office/outages?thrown' : `/office/outages/${at.number}?kept`
		);
		Object.assign(answer.data, { fields: outageFieldsSent(form) });
		return answer;
	}
};
