/**
 * `npm test`: every check, with progress; the last line sums all test runners.
 * Checks that are not test runners (format, lint, types, migrations, build) count as one test each.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const reports = 'test-results';
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

let passed = 0;
let failed = 0;
let skipped = 0;
/** What did not pass, told again at the very end: the middle of a long log is seldom kept. */
const faults: string[] = [];

/** Runs a command in sight, and keeps what it printed in `log`. */
const run = (command: string, log: string, env: Record<string, string> = {}) =>
	new Promise<boolean>((done) => {
		const kept = createWriteStream(log);
		const child = spawn(command, {
			shell: true,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, ...env }
		});
		for (const [from, to] of [
			[child.stdout, process.stdout],
			[child.stderr, process.stderr]
		] as const)
			from.on('data', (chunk: Buffer) => {
				to.write(chunk);
				kept.write(chunk);
			});
		child.once('close', (code) => kept.end(() => done(code === 0)));
	});

/** The last lines of what a command printed. */
const endOf = (log: string, lines: number) =>
	stripVTControlCharacters(readFileSync(log, 'utf8'))
		.trimEnd()
		.split('\n')
		.slice(-lines)
		.join('\n');

async function check(name: string, command: string) {
	console.log(`\n· ${name}`);
	const started = performance.now();
	const log = `${reports}/${name}.log`;
	const sound = await run(command, log);
	if (sound) passed++;
	else {
		failed++;
		faults.push(`${name}\n${endOf(log, 30)}`);
	}
	console.log(
		`  ${name} ${sound ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`
	);
	return sound;
}

interface VitestReport {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numFailedTestSuites: number;
	testResults: Array<{
		name: string;
		status: string;
		message: string;
		assertionResults: Array<{ status: string; fullName: string; failureMessages?: string[] }>;
	}>;
}

async function vitest() {
	console.log('\n· unit, stories on both databases, contracts');
	const file = `${reports}/vitest.json`;
	const log = `${reports}/vitest.log`;
	const sound = await run(
		`vitest run --reporter=default --reporter=json --outputFile=${file}`,
		log
	);
	if (!sound) faults.push(`vitest\n${endOf(log, 60)}`);
	if (!existsSync(file)) return void failed++;
	const report: VitestReport = JSON.parse(readFileSync(file, 'utf8'));
	passed += report.numPassedTests;
	failed += report.numFailedTests;
	skipped += report.numPendingTests;
	// A file that could not even be loaded fails no test of its own.
	if (!sound && report.numFailedTests === 0) failed++;
	for (const { name, status, message, assertionResults } of report.testResults) {
		if (status === 'failed') faults.push(`${name}: ${message || 'see below'}`);
		for (const { status, fullName, failureMessages } of assertionResults)
			if (status === 'failed') faults.push(`  ${fullName}: ${failureMessages?.[0]?.slice(0, 500)}`);
			else if (status === 'pending' || status === 'skipped') console.log(`  skipped: ${fullName}`);
	}
}

interface PlaywrightReport {
	stats: { expected: number; unexpected: number; skipped: number; flaky: number };
}

async function browser() {
	console.log('\n· browser journeys');
	const file = `${reports}/browser.json`;
	const log = `${reports}/browser.log`;
	const sound = await run('playwright test -c tests/browser', log, {
		TEST_WORKERS: '2',
		// A bare name would be taken from the folder of the configuration.
		PLAYWRIGHT_JSON_OUTPUT_FILE: resolve(file)
	});
	if (!sound) faults.push(`browser journeys\n${endOf(log, 60)}`);
	if (!existsSync(file)) {
		faults.push('browser journeys left no report');
		return void failed++;
	}
	const { stats }: PlaywrightReport = JSON.parse(readFileSync(file, 'utf8'));
	passed += stats.expected + stats.flaky;
	failed += stats.unexpected;
	skipped += stats.skipped;
}

// Types take as long as the other two together, and none of them waits for anything.
await Promise.all([
	check('types', 'npm run --silent check'),
	check('format', 'prettier --check --log-level warn .').then(() =>
		check('lint', 'eslint -c .ci/eslint.config.js --max-warnings 0 .')
	)
]);
await check('migrations', 'node tests/support/check-migrations.ts');
// Built before the stories: one of them files a report from a terminal.
const built = await check('build', 'vite build --logLevel warn');
await vitest();
if (built) await browser();

if (faults.length) console.log(`\nWhat did not pass\n\n${faults.join('\n\n')}`);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed ? 1 : 0);
