namespace RnnGen.Samples.SpokenDigits.Tests;

public sealed class RecognitionTests
{
    [Fact]
    public void The_guess_is_the_likeliest_digit() => Assert.Equal(new Guess(2, 0.6f), Guess.Of([0.1f, 0.2f, 0.6f, 0.1f]));
}
