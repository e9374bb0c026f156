/** Operator's commands: `npm run admin -- COMMAND`. */
import { boot, shutDown } from '../boot.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { commands } from './commands/index.ts';
import { askServer, runCommand } from './socket.ts';

const [name, ...args] = process.argv.slice(2);
const print = (line: string) => console.log(line);
process.env.LOG_LEVEL ||= 'warn';

if (!name || name === '--help' || name === 'help') {
	print('npm run admin -- COMMAND\n');
	for (const { usage, help } of commands) print(`${usage}\n  ${help}\n`);
	process.exit(0);
}

const command = commands.find((each) => each.name === name);
if (!command) {
	print(
		`There is no command ${name}. These there are: ${commands.map((each) => each.name).join(', ')}`
	);
	process.exit(2);
}
if (args.includes('--help')) {
	print(`${command.usage}\n  ${command.help}`);
	process.exit(0);
}

process.exit(await run());

async function run(): Promise<number> {
	const env = Object.fromEntries(
		(command!.secrets ?? []).map((secret) => [secret, process.env[secret]])
	);
	const asked = { name: name!, args, cwd: process.cwd(), env };
	try {
		const config = readConfig();
		if (command!.alone) return await runCommand(asked, undefined as never, config, print);
		if (!config.DATABASE_URL) {
			const exit = await askServer(config.DATA_DIR, asked, print);
			if (exit !== undefined) return exit;
		}
		const database = await boot({ ...config, PROCESS: 'web' } as typeof config);
		const exit = await runCommand(asked, database, config, print);
		await shutDown(database);
		return exit;
	} catch (reason) {
		print(reason instanceof Error ? reason.message : String(reason));
		return 1;
	}
}
