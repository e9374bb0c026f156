import {
	handleWeather,
	levelWords,
	weatherForOffice,
	weatherNotRead
} from '#lib/alerts/server/index.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { readConfig } from '#lib/platform/server/config.ts';

/** What the Weather Service warns of here. */
export async function load({ locals: { db, actor, municipality } }) {
	const list = await ask(() => weatherForOffice(db, actor, municipality.id));
	return {
		list: list.map((each) => ({ ...each, said: levelWords(each.level) })),
		unread: await weatherNotRead(db, actor, municipality.id),
		reading: Boolean(readConfig().WEATHER_FEED_URL)
	};
}

const handle =
	(state: 'taken' | 'set_aside', next: string) =>
	async ({
		request,
		locals: { db, actor, municipality }
	}: {
		request: Request;
		locals: App.Locals;
	}) => {
		const form = await request.formData();
		const facts = { municipalityId: municipality.id, id: String(form.get('warning')), state };
		return attempt(form, () => handleWeather(db, actor, facts), next);
	};

export const actions = {
	take: handle('taken', '/office/alerts/new?template=severe_wind'),
	aside: handle('set_aside', '/office/alerts/relay')
};
