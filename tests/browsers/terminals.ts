import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { has, openTerminal } from '../support/terminal.ts';

/** What can be done in a browser without pictures, colours and scripts. */
export interface TextBrowser {
	name: string;
	/** What is not installed; null when all is there. */
	missing: string | null;
	journeys: Array<{ name: string; walk(home: string, issue: string): Promise<void> }>;
	close(): void;
}

const missing = (...programs: string[]) =>
	programs.filter((each) => !has(each)).join(' and ') || null;

export function w3m(): TextBrowser {
	const terminal = openTerminal(`w3m-${process.pid}`);
	const folder = mkdtempSync(join(tmpdir(), 'w3m-'));
	// w3m hands longer texts to an editor; ours has written them already.
	const editor = join(folder, 'editor');
	writeFileSync(
		editor,
		'#!/bin/sh\nfor file; do :; done\necho "A hole as deep as a bath" > "$file"\n'
	);
	chmodSync(editor, 0o700);
	const open = (address: string) =>
		terminal.run(
			`env HOME=${folder} w3m -cookie -o accept_cookie=1 -o editor=${editor} -o confirm_qq=0 '${address}'`
		);
	return {
		name: 'w3m',
		missing: missing('w3m', 'tmux'),
		journeys: [
			{
				name: 'reads the list and an issue',
				async walk(home) {
					open(`${home}/issues`);
					await terminal.see(/Khanyisa/);
					await terminal.search('The list');
					await terminal.press('Tab', 'Enter');
					await terminal.see(/Held by/);
				}
			},
			{
				name: 'reports a pothole and reads its number',
				async walk(home) {
					open(`${home}/report?service=pothole`);
					await terminal.see(/Report a problem/);
					await terminal.search('Tell us what you see');
					await terminal.press('Tab', 'Enter');
					await terminal.search('Where is it');
					await terminal.press('Tab', 'Enter');
					await terminal.type('Corner by the clinic, at the gate');
					await terminal.press('Enter');
					await terminal.search('Send my report');
					await terminal.press('Enter');
					await terminal.see(/Your number is\s+KHA-\d\d-\w{5}/);
				}
			},
			{
				name: 'follows an issue by phone number',
				async walk(_, issue) {
					open(issue);
					await terminal.see(/Khanyisa/);
					await terminal.search('Cell phone number');
					await terminal.press('Tab', 'Enter');
					await terminal.type('082 000 0998');
					await terminal.press('Enter', 'Tab', 'Enter');
					await terminal.see(/We will tell you/);
				}
			}
		],
		close() {
			terminal.close();
			rmSync(folder, { recursive: true });
		}
	};
}

/** It files its reports in `npm test` (`tests/contracts/lynx.test.ts`). */
export function lynx(): TextBrowser {
	const terminal = openTerminal(`lynx-${process.pid}`);
	const open = (address: string) =>
		terminal.run(
			`lynx -accept_all_cookies -assume_charset=utf-8 -display_charset=utf-8 '${address}'`
		);
	return {
		name: 'lynx',
		missing: missing('lynx', 'tmux'),
		journeys: [
			{
				name: 'reads the list and an issue',
				async walk(home) {
					open(`${home}/issues`);
					await terminal.see(/Khanyisa/);
					await terminal.search('The list');
					await terminal.press('Down', 'Enter');
					await terminal.see(/Held by/);
				}
			},
			{
				name: 'follows an issue by phone number',
				async walk(_, issue) {
					open(issue);
					await terminal.see(/Khanyisa/);
					await terminal.search('Cell phone number');
					await terminal.press('Down');
					await terminal.type('082 000 0997');
					await terminal.press('Tab', 'Enter');
					await terminal.see(/We will tell you/);
				}
			}
		],
		close: () => terminal.close()
	};
}
