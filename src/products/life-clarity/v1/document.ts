/** Life Clarity as a book: nine chapters of one answer each, under its title. */
import type { ProductDefinition } from '../../../domain/product.ts';
import { type Book, bookDocument } from '../../shared/book.ts';
import { CHAPTERS } from './questions.ts';

const BOOK: Book = {
  title: 'Life Clarity',
  subtitle: 'Where you stand, in nine chapters',
  chapters: CHAPTERS.map(({ key, title }, index) => ({
    key,
    title,
    heading: `Chapter ${index + 1}`,
    questions: [{ id: key, text: title }],
  })),
};

export const document: ProductDefinition['document'] = (facts, subject, source) =>
  bookDocument(BOOK, facts, subject, source);
