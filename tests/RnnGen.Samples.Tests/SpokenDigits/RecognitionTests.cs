namespace RnnGen.Samples.SpokenDigits.Tests;

public sealed class RecognitionTests
{
    [Fact]
    public void The_guess_is_the_likeliest_digit() => Assert.Equal(new Guess(2, 0.6f), Guess.Of([0.1f, 0.2f, 0.6f, 0.1f]));

    [Fact]
    public void A_confusion_matrix_counts()
    {
        var confusion = new ConfusionMatrix();
        confusion.Add(said: 3, heard: 3);
        confusion.Add(said: 3, heard: 3);
        confusion.Add(said: 3, heard: 8);
        confusion.Add(said: 9, heard: 9);
        Assert.Equal((2, 1, 0), (confusion[3, 3], confusion[3, 8], confusion[8, 3]));
        Assert.Equal((4, 3, 0.75), (confusion.Total, confusion.Right, confusion.Accuracy));
    }
}
