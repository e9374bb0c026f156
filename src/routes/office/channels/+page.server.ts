import { channelStatus, recentOutages, wayWords } from '#lib/delivery/server/index.ts';
import { dayAndTime } from '#lib/platform/time.ts';

export async function load({ locals: { db, municipality } }) {
	const now = new Date();
	const said = (at: Date | null) => at && dayAndTime(at, now, municipality.timezone);
	const channels = await channelStatus(db, now);
	const outages = await recentOutages(db);
	return {
		channels: channels.map(({ ways, ...channel }) => ({
			...channel,
			ways: ways.map(({ since, lastSuccess, ...way }) => ({
				...way,
				since: said(since),
				lastSuccess: said(lastSuccess)
			}))
		})),
		outages: outages.map(({ way, kind, since, endedAt }) => ({
			name: wayWords(way),
			kind,
			since: said(since),
			endedAt: said(endedAt)
		}))
	};
}
