import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const files = globSync('src/**/*.{ts,svelte}')
	.filter((path) => !path.endsWith('.test.ts'))
	.map((path) => ({ path, imports: importsOf(readFileSync(path, 'utf8'), path) }));

/** What a file imports at run time, as paths from the top of the project. Types weigh nothing. */
function importsOf(code: string, path: string) {
	return [
		...code.matchAll(/^\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)
	].map(([, from]) =>
		from.startsWith('#lib/')
			? from.replace('#lib/', 'src/lib/')
			: from.startsWith('.')
				? new URL(from, `file:///${path}`).pathname.slice(1)
				: from
	);
}

const offenders = (where: RegExp, forbidden: (from: string, path: string) => boolean) =>
	files
		.filter(({ path }) => where.test(path))
		.flatMap(({ path, imports }) =>
			imports.filter((from) => forbidden(from, path)).map((from) => `${path} → ${from}`)
		);

const domainOf = (path: string) => /^src\/lib\/([\w-]+)\//.exec(path)?.[1];

/** Imports point down only. A domain may use those of a greater number, or itself. */
const level: Record<string, number> = {
	search: 1.5,
	sharing: 1.5,
	statistics: 2,
	referral: 2.2,
	outages: 2.4,
	ussd: 2,
	commitments: 2,
	issues: 3,
	conversations: 3,
	noticeboard: 3,
	alerts: 2.5,
	crisis: 3,
	aid: 3,
	stock: 2.8,
	indigent: 3,
	billing: 3,
	surveys: 3,
	cases: 4,
	clocks: 4.5,
	delivery: 5,
	photos: 6,
	identity: 6,
	geography: 6,
	audit: 6,
	platform: 7,
	i18n: 8,
	ui: 7,
	offline: 6,
	web: 1
};

test('imports point down only', () => {
	expect(
		offenders(/^src\/lib\//, (from, path) => {
			const [own, other] = [domainOf(path), domainOf(from)];
			if (!own || !other || own === other) return false;
			return level[other] <= level[own] && !(level[own] === level[other] && level[own] === 6);
		})
	).toEqual([]);
});

test('rules are pure: no server, no framework, no database', () => {
	expect(
		offenders(/^src\/lib\/(?!web|ui|offline)[\w-]+\/[\w.-]+\.ts$/, (from) =>
			/\/server\/|^drizzle-orm|^\$app|^@sveltejs|^node:/.test(from)
		)
	).toEqual([]);
});

test('a domain is entered by its index; tables may refer to tables', () => {
	expect(
		offenders(/^src\/(lib|routes|admin)\//, (from, path) => {
			const inside = /^src\/lib\/([\w-]+)\/server\/(.+)$/.exec(from);
			if (!inside || inside[1] === 'platform' || inside[1] === domainOf(path)) return false;
			if (inside[2] === 'index.ts') return false;
			return !/\/schema\.ts$/.test(from) || path.startsWith('src/routes/');
		})
	).toEqual([]);
});

test('server code runs under plain Node, so the worker can share it', () => {
	expect(
		offenders(/^src\/lib\/.*\/server\//, (from) => /^\$app|^\$env|^@sveltejs|^svelte/.test(from))
	).toEqual([]);
});

test('only web and the pages know SvelteKit', () => {
	expect(
		offenders(/^src\/lib\/(?!web)[\w-]+\/[^/]+\.ts$/, (from) => /^@sveltejs|^\$app/.test(from))
	).toEqual([]);
});

test('pages touch no tables', () => {
	expect(offenders(/^src\/routes\//, (from) => /^drizzle-orm|schema\.ts$/.test(from))).toEqual([]);
});

test('the service worker, which no plugin of ours watches, imports no server', () => {
	expect(offenders(/^src\/service-worker\//, (from) => /\/server\//.test(from))).toEqual([]);
});
