import { NotCap, parseXml } from '../cap/read.ts';

/** Documents fetched in one round: the feed holds more than a year. */
export const mostItems = 60;

/** The CAP documents an RSS or Atom feed leads to, newest first, on the feed's own host alone. @throws NotCap */
export function linksOf(xml: string, feed: string): string[] {
	const root = parseXml(xml);
	if (root.localName !== 'rss' && root.localName !== 'feed') throw new NotCap('It is no feed.');
	const links = [
		...Array.from(root.getElementsByTagName('link')),
		...Array.from(root.getElementsByTagName('enclosure'))
	]
		.map((link) =>
			(link.getAttribute('href') || link.getAttribute('url') || link.textContent || '').trim()
		)
		.map((link) => (URL.canParse(link, feed) ? new URL(link, feed) : null))
		.filter((url) => url?.origin === new URL(feed).origin && /\.xml$/i.test(url.pathname));
	return [...new Set(links.map((url) => url!.href))].slice(0, mostItems);
}
