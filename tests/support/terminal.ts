import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

export const has = (program: string) => {
	try {
		execFileSync('which', [program], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
};

/** A terminal of its own (tmux), in which one program runs and somebody types. */
export function openTerminal(name: string) {
	const tmux = (...args: string[]) =>
		execFileSync('tmux', ['-L', name, ...args], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore']
		});
	const quietly = (...args: string[]) => {
		try {
			tmux(...args);
		} catch {
			// It ended with its program.
		}
	};
	return {
		/** Runs a command line in place of whatever ran before. */
		run(command: string) {
			quietly('kill-session', '-t', 'it');
			tmux('new-session', '-d', '-s', 'it', '-x', '110', '-y', '40', command);
		},
		screen: () => tmux('capture-pane', '-p', '-t', 'it'),
		/** Waits until the screen shows it. @throws with the screen when it does not */
		async see(words: RegExp, seconds = 20): Promise<string> {
			for (let tries = 0; tries < seconds * 5; tries++) {
				const shown = this.screen();
				if (words.test(shown)) return shown;
				await pause(200);
			}
			throw new Error(`The terminal never showed ${words}:\n${this.screen()}`);
		},
		async press(...keys: string[]) {
			for (const key of keys) {
				tmux('send-keys', '-t', 'it', key);
				await pause(400);
			}
		},
		async type(words: string) {
			tmux('send-keys', '-t', 'it', '-l', words);
			await pause(300);
		},
		/** Finds words on the page, as somebody at a terminal would: no letter before it is asked for, or it is a command. */
		async search(words: string) {
			await this.press('/');
			await this.see(/whereis query|Forward:/);
			await this.type(words);
			await this.press('Enter');
		},
		end: () => quietly('kill-session', '-t', 'it'),
		close: () => quietly('kill-server')
	};
}
