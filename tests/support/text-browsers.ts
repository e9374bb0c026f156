import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { has, openTerminal } from './terminal.ts';

/** What somebody does in a browser without pictures, colours and scripts, whichever it is. */
export interface TextBrowser {
	name: string;
	/** What is not installed; null when all is there. */
	missing: string | null;
	open(address: string): void;
	/** Waits until the screen shows it; answers the screen. */
	see(words: RegExp): Promise<string>;
	/** Writes a line into the field after its label. */
	write(label: string, line: string): Promise<void>;
	/** The same where there is room for several lines. */
	writeLong(label: string, line: string): Promise<void>;
	/** Presses a button, or opens a link, by its words. */
	press(words: string): Promise<void>;
	close(): void;
}

const missing = (...programs: string[]) =>
	programs.filter((each) => !has(each)).join(' and ') || null;

/** w3m: a line is asked for at the foot of the screen, longer texts are written in an editor. */
export function w3m(): TextBrowser {
	const terminal = openTerminal(`w3m-${process.pid}`);
	const folder = mkdtempSync(join(tmpdir(), 'w3m-'));
	const [editor, text] = [join(folder, 'editor'), join(folder, 'text')];
	writeFileSync(editor, `#!/bin/sh\nfor file; do :; done\ncp ${text} "$file"\n`);
	chmodSync(editor, 0o700);
	return {
		name: 'w3m',
		missing: missing('w3m', 'tmux'),
		open: (address) =>
			terminal.run(
				`env HOME=${folder} w3m -cookie -o accept_cookie=1 -o editor=${editor} -o confirm_qq=0 '${address}'`
			),
		see: (words) => terminal.see(words),
		async write(label, line) {
			await terminal.search(label);
			await terminal.press('Tab', 'Enter');
			await terminal.see(/^TEXT:/m);
			await terminal.type(line);
			await terminal.press('Enter');
		},
		async writeLong(label, line) {
			writeFileSync(text, `${line}\n`);
			await terminal.search(label);
			await terminal.press('Tab', 'Enter');
		},
		async press(words) {
			await terminal.search(words);
			await terminal.press('Enter');
		},
		close() {
			terminal.close();
			rmSync(folder, { recursive: true });
		}
	};
}

/** lynx, with fields that wait for Enter: elsewhere a slash would be a letter instead of a search. */
export function lynx(): TextBrowser {
	const terminal = openTerminal(`lynx-${process.pid}`);
	const write = async (label: string, line: string) => {
		await terminal.search(label);
		await terminal.press('Down', 'Enter');
		await terminal.see(/Enter text/);
		await terminal.type(line);
		await terminal.press('Tab');
	};
	return {
		name: 'lynx',
		missing: missing('lynx', 'tmux'),
		open: (address) =>
			terminal.run(
				`lynx -tna -accept_all_cookies -assume_charset=utf-8 -display_charset=utf-8 '${address}'`
			),
		see: (words) => terminal.see(words),
		write,
		writeLong: write,
		async press(words) {
			await terminal.search(words);
			await terminal.press('Enter');
		},
		close: () => terminal.close()
	};
}
