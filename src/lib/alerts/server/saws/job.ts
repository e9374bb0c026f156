import * as v from 'valibot';
import { readConfig } from '../../../platform/server/config.ts';
import { job } from '../../../platform/server/jobs.ts';
import { mostCapBytes } from '../cap/read.ts';
import { NotThere, readWeather } from './relay.ts';

/** In milliseconds. */
const patience = 15_000;

/** A text from the Weather Service, bounded in size and time. Nobody is followed elsewhere. @throws NotThere */
export async function fetchText(url: string): Promise<string> {
	try {
		const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patience) });
		if (!answer.ok || !answer.body) throw new NotThere(`answered ${answer.status}`);
		const parts: Uint8Array[] = [];
		let length = 0;
		for await (const part of answer.body) {
			if ((length += part.length) > mostCapBytes) throw new NotThere('is too large');
			parts.push(part);
		}
		return Buffer.concat(parts).toString();
	} catch (reason) {
		throw reason instanceof NotThere ? reason : new NotThere(String(reason));
	}
}

/** Looks for weather warnings every few minutes, where the operator named the feed. */
export const weatherRelay = job({
	name: 'weather-relay',
	payload: v.object({}),
	tries: 1,
	async run({ db, now }) {
		const { WEATHER_FEED_URL: feed } = readConfig();
		if (!feed) return;
		try {
			await readWeather(db, { feed, fetch: fetchText }, now);
		} catch (reason) {
			if (!(reason instanceof NotThere)) throw reason;
		}
	}
});
