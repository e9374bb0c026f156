import { wardsOf } from '#lib/geography/server/index.ts';
import { isTopic, topics } from '#lib/noticeboard/topics.ts';
import { countNews, listNews } from '#lib/noticeboard/server/index.ts';

const each = 12;

/** What the municipality has told, narrowed to a ward and a topic. */
export async function load({ locals, url }) {
	const { db, municipality } = locals;
	const asked = (name: string) => url.searchParams.get(name) ?? '';
	const wards = await wardsOf(db, municipality.id);
	const ward = wards.find(({ code }) => code === asked('ward'));
	const topic = topics.find((known) => known === asked('topic'));
	const filter = { wardCode: ward?.code, topic: isTopic(topic) ? topic : undefined };
	const total = await countNews(db, municipality.id, filter);
	const pages = Math.max(1, Math.ceil(total / each));
	const page = Math.min(pages, Math.max(1, Math.floor(Number(asked('page'))) || 1));
	return {
		list: await listNews(db, municipality.id, filter, { limit: each, offset: (page - 1) * each }),
		filter,
		page,
		pages,
		wards: wards.map(({ code, number }) => [code, number] as const)
	};
}
