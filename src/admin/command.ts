import type { Config } from '#lib/platform/server/config.ts';
import type { Database } from '#lib/platform/server/db.ts';

/** What an operator's command may use. */
export interface Context {
	database: Database;
	config: Config;
	/** Says one line to whoever typed the command. */
	print(line: string): void;
	/** A path as the operator typed it, from the folder they stood in. */
	path(given: string): string;
	/** Variables of the operator's shell that the command names in `secrets`. */
	env: Record<string, string | undefined>;
}

export interface Command {
	name: string;
	/** `import-wards FILE [--name NAME]` */
	usage: string;
	/** One sentence, then examples a line each. */
	help: string;
	/** Variables it reads from the operator's shell, such as a passphrase. */
	secrets?: string[];
	/** Needs no data: runs without opening a database. */
	alone?: boolean;
	/** Answers the exit code; throws a sentence when refused. */
	run(args: string[], context: Context): Promise<number | void>;
}

/**
 * Options (`--name VALUE`, `--list VALUE VALUE`, `--flag`) apart from the rest.
 * @throws on an option the command does not know
 */
export function readArgs(
	args: string[],
	known: { values?: string[]; lists?: string[]; flags?: string[] } = {}
) {
	const values: Record<string, string> = {};
	const lists: Record<string, string[]> = {};
	const flags = new Set<string>();
	const rest: string[] = [];
	for (let i = 0; i < args.length; i++) {
		const name = args[i].startsWith('--') ? args[i].slice(2) : null;
		if (name === null) rest.push(args[i]);
		else if (known.flags?.includes(name)) flags.add(name);
		else if (known.values?.includes(name)) {
			if (args[i + 1] === undefined) throw new Error(`--${name} needs a value`);
			values[name] = args[++i];
		} else if (known.lists?.includes(name)) {
			if (args[i + 1] === undefined) throw new Error(`--${name} needs a value`);
			lists[name] ??= [];
			while (i + 1 < args.length && !args[i + 1].startsWith('--')) lists[name].push(args[++i]);
		} else throw new Error(`There is no option --${name} here`);
	}
	return { values, lists, flags, rest };
}
