/** An integer that JSON's parser may have rounded: its digits have to be read from the text. */
export class RoundedNumber extends Error {
  override readonly name = 'RoundedNumber';
}
