import { json } from '@sveltejs/kit';
import { locate, sameNearby } from '#lib/issues/server/index.ts';
import { m } from '#lib/i18n/index.ts';
import { knownOutage, type KnownOutage } from '#lib/outages/server/index.ts';
import { forecastWords, shortTime } from '#lib/outages/wording.ts';
import { wardPhrase } from '#lib/geography/wording.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { howFar } from '../how-far.ts';
import type { Near } from '../help-with-place.ts';
import { newId } from '#lib/platform/ids.ts';

const outageWords = (outage: KnownOutage, now: Date, timeZone: string) => {
	const { areaDesc: place, startsAt, forecastEnd } = outage;
	const since = shortTime(startsAt, now, timeZone);
	return `${m.outages_offer_known({ place, since })} ${forecastWords(forecastEnd, now, timeZone)}.`;
};

/** While somebody fills in the form: which ward the place is in, a known outage there, and open reports of the same thing. */
export async function GET({ locals: { db, municipality }, url }) {
	const text = (name: string) => (url.searchParams.get(name) ?? '').slice(0, 500);
	const municipalityId = municipality.id;
	try {
		const place = await locate(
			db,
			{
				municipalityId,
				kind: 'issue',
				description: '',
				clientId: newId(),
				lat: text('lat'),
				lon: text('lon'),
				accuracy: text('accuracy'),
				place: text('place')
			},
			new Date()
		);
		const same = await sameNearby(db, {
			municipalityId,
			service: text('service'),
			point: place.point,
			description: text('description'),
			answers: { pole: text('pole') }
		});
		const { wardCode, maybeWardCodes, point } = place;
		const now = new Date();
		const outage = await knownOutage(
			db,
			{ municipalityId, service: text('service'), point, wardCode },
			now
		);
		const near: Near = {
			ward: wardCode || maybeWardCodes.length ? wardPhrase(wardCode, maybeWardCodes) : null,
			wards: [wardCode, ...maybeWardCodes].filter((code) => code !== null),
			point,
			outage: outage && {
				number: outage.number,
				words: outageWords(outage, now, municipality.timezone)
			},
			same: same.map(({ reference, title, metres }) => ({ reference, title, how: howFar(metres) }))
		};
		return json(near, { headers: { 'cache-control': 'no-store' } });
	} catch (reason) {
		if (!(reason instanceof Refusal)) throw reason;
		return json({ title: reason.message, status: reason.status }, { status: reason.status });
	}
}
