export { bannersFor, type Banner } from './banners.ts';
export { checkText, publicKeys, type Checked } from './check.ts';
export { capsuleLink } from './capsule.ts';
export { houseOf } from './house.ts';
export { decideKey, keysForOffice, requestKey } from './key-requests.ts';
export { capsuleKeys, keysOf, rotateKey, type KeyUse } from './keys.ts';
export { publicAlert, type PublicAlert } from './public.ts';
export type { AlertMap } from './map.ts';
export {
	addClip,
	approveClip,
	clipRights,
	clipBytes,
	clipsForOffice,
	removeClip,
	type Clip,
	type ClipOf,
	type ClipHeard
} from './clips.ts';
export { posterFor, resourceOf } from './resources.ts';
export { alertOutputs } from './outputs.ts';
export { sealAlert, type Seal } from './seal.ts';
export { tellHub } from './hub.ts';
export { atomFeed, rssFeed } from './feed.ts';
export { sealedVersion } from './messages.ts';
export {
	addUnknown,
	answerRumour,
	heardAbout,
	heardToo,
	hideRumour,
	openUnknowns,
	rumoursForOffice,
	rumoursOf,
	settleUnknown,
	tellRumour,
	type Rumour
} from './rumours.ts';
export { weatherRelay } from '../saws/job.ts';
export { levelWords } from '../saws/warning.ts';
export {
	handleWeather,
	readWeather,
	weatherForOffice,
	type WeatherWarning
} from '../saws/relay.ts';
export { weatherNotRead } from '../saws/unread.ts';
export { capImportsForOffice, draftFromImport, importCap, type CapImport } from './imports.ts';
export { codeOfPicture } from './read-picture.ts';
export { recordOf, type RecordedDeed } from './record-of.ts';
