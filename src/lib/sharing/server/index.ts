export { pictureOfPage, type Picture } from './picture.ts';
