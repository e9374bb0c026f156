import { beforeAll, expect, test } from 'vitest';
import { useMasterKey } from '../platform/server/keys.ts';
import { isProven, proofFor, signForms } from './origin-proof.ts';

beforeAll(() => useMasterKey(Buffer.alloc(32, 7)));

const noon = new Date('2026-11-22T10:00:00Z');
const after = (hours: number) => new Date(noon.getTime() + hours * 3_600_000);
const at = (proof: string) => new URL(`http://here.example/report?from=${proof}`);

// prettier-ignore
test.each([
	['her own, at once', 'ayanda', 0, true],
	['her own, left open overnight', 'ayanda', 20, true],
	['her own, after three days', 'ayanda', 72, false],
	['a stranger’s, put into her browser by another site', 'stranger', 0, false]
])('a form proves where it came from: %s', (_, device, hours, proven) => {
	expect(isProven(at(proofFor(device, noon)), 'ayanda', after(hours))).toBe(proven);
});

test.each(['', 'x', 'f'.repeat(32), 'ü'.repeat(32)])('“%s” proves nothing', (given) => {
	expect(isProven(at(given), 'ayanda', noon)).toBe(false);
	expect(isProven(new URL('http://here.example/report'), 'ayanda', noon)).toBe(false);
});

// prettier-ignore
test.each([
	['<form method="post">', '', '<form action="?from=P" method="post">'],
	['<form id="a" method="post" enctype="x">', '?kind=suggestion&from=OLD', '<form action="?kind=suggestion&amp;from=P" id="a" method="post" enctype="x">'],
	['<form method="post" action="?/follow">', '?told', '<form method="post" action="?/follow&amp;from=P">'],
	['<form action="/sign-out" method="POST">', '', '<form action="/sign-out?from=P" method="POST">'],
	['<button formaction="?/other">', '', '<button formaction="?/other&amp;from=P">'],
	['<form method="get" action="/issues">', '?q=x', '<form method="get" action="/issues">'],
	['<form action="/issues">', '', '<form action="/issues">']
])('%s on a page with “%s”', (html, search, signed) => {
	expect(signForms(html, search, 'P')).toBe(signed);
});
