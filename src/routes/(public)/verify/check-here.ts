/**
 * Checks a warning on the phone itself, without signal: the kept page brought no answer, the keys are
 * pinned here, and what is known of newer versions are the alert pages this phone kept.
 */
import type { Kind, State } from '#lib/alerts/alert.ts';
import { findCapsule } from '#lib/alerts/capsule.ts';
import { judgeCapsule, type PublicKey, type Verdict } from '#lib/alerts/verify.ts';
import { pages } from '#lib/offline/marks.ts';
import { pinKeys } from '#lib/offline/pinned-keys.ts';

const main = document.querySelector<HTMLElement>('main[data-keys]')!;
const place = main.querySelector<HTMLElement>('[data-answer]')!;

async function check() {
	const keys = await pinKeys(JSON.parse(main.dataset.keys ?? '[]') as PublicKey[]);
	const asked = new URLSearchParams(location.search).get('c');
	if (!asked || place.childElementCount) return;
	const capsule = findCapsule(asked);
	if (!capsule) return show('needs_signal', {});
	answer(await judgeCapsule(capsule, keys, knownHere, new Date()));
}

/** The newest version this phone has read of, from the page it kept. */
async function knownHere({ number }: { number: string }) {
	const cache = await caches.open(pages);
	const html = await (await cache.match(`${location.origin}/alerts/${number}`))?.text();
	const found = /data-version="(\d+)" data-kind="(\w+)" data-state="(\w+)"/.exec(html ?? '');
	if (!found) return undefined;
	return { version: Number(found[1]), kind: found[2] as Kind, state: found[3] as State };
}

function answer(verdict: Verdict) {
	if (verdict.kind === 'not_genuine') return show(verdict.because, {});
	if (verdict.kind === 'card') {
		const { card, owner } = verdict;
		show(`card_${card.answer}`, {
			owner,
			heard: card.heard,
			says: card.says,
			when: when(card.at)
		});
		if (!verdict.exercise) place.querySelector('[data-exercise]')?.remove();
		return;
	}
	const { capsule, owner, newest } = verdict;
	show(verdict.kind, {
		owner,
		n: String(capsule.version),
		newest: String(newest),
		until: when(capsule.expires),
		when: when(capsule.issued)
	});
	if (capsule.status === 'actual') place.querySelector('[data-exercise]')?.remove();
	for (const [language, said] of Object.entries(capsule.said)) {
		const quote = document.createElement('blockquote');
		quote.className = 'panel flow';
		quote.lang = language;
		for (const words of [said.headline, said.description, said.instruction]) {
			if (!words) continue;
			const line = document.createElement('p');
			line.textContent = words;
			quote.append(line);
		}
		place.append(quote);
	}
}

/** Puts the words for an answer where it belongs, its holes filled. */
function show(kind: string, holes: Record<string, string>) {
	const words = main.querySelector<HTMLTemplateElement>(`template[data-says="${kind}"]`);
	if (!words) return;
	place.replaceChildren(words.content.cloneNode(true));
	const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
	for (let text = texts.nextNode(); text; text = texts.nextNode())
		text.nodeValue = text.nodeValue!.replace(/\{(\w+)\}/g, (_, name: string) => holes[name] ?? '');
}

const when = (seconds: number) =>
	new Intl.DateTimeFormat(document.documentElement.lang, {
		weekday: 'short',
		day: 'numeric',
		month: 'short',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
		timeZone: 'Africa/Johannesburg'
	}).format(new Date(seconds * 1000));

/** Reading pictures takes more script than all of this: it comes when the first one is chosen. */
main.querySelector('input#photo')?.addEventListener(
	'change',
	() => {
		const reader = document.createElement('script');
		reader.type = 'module';
		reader.src = main.dataset.picture!;
		document.head.append(reader);
	},
	{ once: true }
);

// A browser that keeps nothing: with signal the server has answered already.
check().catch(() => {});
