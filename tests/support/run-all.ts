/**
 * `npm test`: every check one after another, with progress; the last line sums all test runners.
 * Checks that are not test runners (format, lint, types, migrations, build) count as one test each.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

const reports = 'test-results';
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

let passed = 0;
let failed = 0;
let skipped = 0;

const run = (command: string, env: Record<string, string> = {}) =>
	new Promise<boolean>((done) => {
		spawn(command, { shell: true, stdio: 'inherit', env: { ...process.env, ...env } }).once(
			'exit',
			(code) => done(code === 0)
		);
	});

async function check(name: string, command: string) {
	console.log(`\n· ${name}`);
	const started = performance.now();
	const sound = await run(command);
	if (sound) passed++;
	else failed++;
	console.log(
		`  ${sound ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`
	);
	return sound;
}

interface VitestReport {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numFailedTestSuites: number;
	testResults: Array<{ assertionResults: Array<{ status: string; fullName: string }> }>;
}

async function vitest() {
	console.log('\n· unit, stories on both databases, contracts');
	const file = `${reports}/vitest.json`;
	const sound = await run(`vitest run --reporter=default --reporter=json --outputFile=${file}`);
	if (!existsSync(file)) return void failed++;
	const report: VitestReport = JSON.parse(readFileSync(file, 'utf8'));
	passed += report.numPassedTests;
	failed += report.numFailedTests;
	skipped += report.numPendingTests;
	// A file that could not even be loaded fails no test of its own.
	if (!sound && report.numFailedTests === 0) failed++;
	for (const { assertionResults } of report.testResults)
		for (const { status, fullName } of assertionResults)
			if (status === 'pending' || status === 'skipped') console.log(`  skipped: ${fullName}`);
}

interface PlaywrightReport {
	stats: { expected: number; unexpected: number; skipped: number; flaky: number };
}

async function browser() {
	console.log('\n· browser journeys');
	const file = `${reports}/browser.json`;
	await run('playwright test -c tests/browser', { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
	if (!existsSync(file)) return void failed++;
	const { stats }: PlaywrightReport = JSON.parse(readFileSync(file, 'utf8'));
	passed += stats.expected + stats.flaky;
	failed += stats.unexpected;
	skipped += stats.skipped;
}

await check('format', 'prettier --check --log-level warn .');
await check('lint', 'eslint -c .ci/eslint.config.js --max-warnings 0 .');
await check('types', 'npm run --silent check');
await check('migrations', 'node tests/support/check-migrations.ts');
await vitest();
if (await check('build', 'vite build --logLevel warn')) await browser();

console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed ? 1 : 0);
