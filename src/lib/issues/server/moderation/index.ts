export { hideIssue, editIssue, restoreIssue } from './issue.ts';
export { hideWords, editWords, restoreWords } from './words.ts';
export { originalPhoto, redactPhoto, removePhoto, restorePhoto } from './photos.ts';
export { banContact, keepAsItIs, liftBan, release } from './release.ts';
export { flag, longestFlag } from './flag.ts';
export { answerObjection, longestObjection, moderationsOfMine, objectTo } from './objection.ts';
export { bansOf, moderationOf, moderationQueue } from './desk.ts';
