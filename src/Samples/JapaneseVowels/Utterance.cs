namespace RnnGen.Samples.JapaneseVowels;

/// <summary>One speaker saying /ae/ once.</summary>
/// <param name="Features">[frames × <see cref="SpeakerRecognizer.InputSize"/>].</param>
/// <param name="Speaker">Who, from 0.</param>
internal readonly record struct Utterance(float[] Features, int Speaker);
