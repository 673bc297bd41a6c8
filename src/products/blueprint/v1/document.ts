/** The blueprint as a book: thirteen chapters, each theme under its title. */

import type { ProductDefinition } from '../../../domain/product.ts';
import { type Book, bookDocument } from '../../shared/book.ts';
import { CHAPTERS } from './questions.ts';

const BOOK: Book = {
  title: 'Blueprint',
  subtitle: 'A portrait in thirteen chapters',
  chapters: CHAPTERS.map(({ key, title, themes }) => ({
    key,
    title,
    // printed is a theme's title; the question as asked is the model's
    questions: themes.map((theme) => ({ id: theme.key, text: theme.title })),
  })),
};

export const document: ProductDefinition['document'] = (facts, subject, source) =>
  bookDocument(BOOK, facts, subject, source);
