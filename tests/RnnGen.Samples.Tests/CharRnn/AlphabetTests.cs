namespace RnnGen.Samples.CharRnn.Tests;

public sealed class AlphabetTests
{
    [Fact]
    public void A_text_of_few_characters_comes_back()
    {
        var alphabet = Alphabet.Of("hello, world\n");
        Assert.Equal([0, 1, 2], alphabet.Encode("\n ,"));
        Assert.Equal("hello", Decode(alphabet, "hello"));
        Assert.Equal(Alphabet.Size - 1, Assert.Single(alphabet.Encode("x")));
    }

    [Fact]
    public void The_rarest_characters_share_a_class()
    {
        // Each character once more than the next one: the first 64 have classes of their own.
        string text = string.Concat(Enumerable.Range(0, 80).Select(i => new string((char)('0' + i), 100 - i)));
        var alphabet = Alphabet.Of(text);
        Assert.Equal(Enumerable.Range(0, Alphabet.Size), alphabet.Encode(text).Distinct().Order());
        Assert.Equal(text[..^Enumerable.Range(64, 16).Sum(i => 100 - i)], Decode(alphabet, text).TrimEnd(Alphabet.Rare));
        Assert.Equal(64, Assert.Single(alphabet.Encode($"{(char)('0' + 64)}")));
        Assert.False(alphabet.Has((char)('0' + 64)));
    }

    private static string Decode(Alphabet alphabet, string text) => string.Concat(alphabet.Encode(text).Select(index => alphabet[index]));
}
