import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { eventually, type Driver } from './driver.ts';

const driver = '/usr/bin/WebKitWebDriver';
const browser = [
	'/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
	'/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/MiniBrowser'
].find((path) => existsSync(path));

/** WebKitGTK, the engine of iPhones, over WebDriver under a screen of its own; null where it is not installed. */
export async function webkit(): Promise<Driver | null> {
	if (!existsSync(driver) || !browser || !existsSync('/usr/bin/Xvfb')) return null;
	const display = `:${90 + (process.pid % 9)}`;
	const port = 24_000 + (process.pid % 1000);
	const quiet = { stdio: 'ignore' as const };
	const children: ChildProcess[] = [
		spawn('Xvfb', [display, '-screen', '0', '800x900x24', '-nolisten', 'tcp'], quiet),
		spawn(driver, [`--port=${port}`], {
			...quiet,
			env: {
				...process.env,
				DISPLAY: display,
				WEBKIT_DISABLE_COMPOSITING_MODE: '1',
				WEBKIT_FORCE_SANDBOX: '0'
			}
		})
	];
	const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => {
		const response = await fetch(`http://127.0.0.1:${port}${path}`, {
			method,
			body: body === undefined ? undefined : JSON.stringify(body)
		});
		const { value } = await response.json();
		if (!response.ok) throw new Error(`${path}: ${value?.message || value?.error}`);
		return value;
	};
	await eventually('WebKitWebDriver', () => call('GET', '/status').catch(() => null));
	const { sessionId } = await call('POST', '/session', {
		capabilities: {
			alwaysMatch: { 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } }
		}
	});
	const at = `/session/${sessionId}`;
	const run = (script: string, ...args: unknown[]) =>
		call('POST', `${at}/execute/sync`, { script, args });
	return {
		name: 'WebKitGTK',
		open: (url) => call('POST', `${at}/url`, { url }),
		url: () => call('GET', `${at}/url`),
		text: () => run('return document.body.innerText'),
		title: () => call('GET', `${at}/title`),
		value: (selector) => run('return document.querySelector(arguments[0]).value', selector),
		fill: (selector, words) =>
			run(
				`const field = document.querySelector(arguments[0]);
				field.value = arguments[1];
				field.dispatchEvent(new Event('input', { bubbles: true }));`,
				selector,
				words
			),
		async press(selector) {
			await run('document.querySelector(arguments[0]).click()', selector);
			await new Promise((done) => setTimeout(done, 1000));
		},
		language: () => run('return document.documentElement.lang'),
		async close() {
			await call('DELETE', at).catch(() => null);
			children.forEach((child) => child.kill('SIGTERM'));
		}
	};
}
