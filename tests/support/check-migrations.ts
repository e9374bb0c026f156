/** The migrations must say what the tables in the code say: generating once more has to find nothing. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const copy = mkdtempSync(join('node_modules', '.imbizo-migrations-'));
const config = `${copy}.config.ts`;
try {
	cpSync('drizzle/migrations', join(copy, 'migrations'), { recursive: true });
	writeFileSync(
		config,
		`import config from '../drizzle/config.ts'; export default { ...config, out: './${relative('.', join(copy, 'migrations'))}' };`
	);
	const before = readdirSync(join(copy, 'migrations')).length;
	execFileSync('drizzle-kit', ['generate', '--config', config, '--name', 'forgotten'], {
		stdio: 'pipe'
	});
	if (readdirSync(join(copy, 'migrations')).length !== before) {
		console.error(
			'The tables changed and no migration says so. Run: npm run migration -- <what_it_does>'
		);
		process.exitCode = 1;
	}
} finally {
	rmSync(copy, { recursive: true, force: true });
	rmSync(config, { force: true });
}
