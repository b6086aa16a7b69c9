namespace RnnGen.Formats.Tests;

/// <summary>What a reader gets wrong, or a file claims wrongly, is refused where layers are added.</summary>
public sealed class ModelBuilderTests
{
    [Theory]
    [InlineData("x */ abort(); /*")]
    [InlineData("two\nlines")]
    [InlineData("ünits")]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void A_name_that_no_network_takes_is_refused(string name) => Assert.Contains(
        "expected a name of at most 64 letters, digits, _, . and -",
        Assert.Throws<FormatException>(() => new ModelBuilder("a test", 2).Add(new ConcatAttribute { Name = name })).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_that_would_be_one_identifier_are_refused()
    {
        var builder = new ModelBuilder("a test", 2);
        builder.Add(new ConcatAttribute { Name = "a-b" });
        string message = Assert.Throws<FormatException>(() => builder.Add(new ConcatAttribute { Name = "A_b" })).Message;
        Assert.Equal("layer \"A_b\": expected a name that differs from the layer \"a-b\" in a letter or a digit", message);
    }

    [Fact]
    public void Steps_and_sequences_are_not_joined()
    {
        var builder = new ModelBuilder("a test", 2);
        builder.Add(new ConcatAttribute { Name = "steps" });
        builder.Add(new MaxPoolAttribute { Name = "maximum" });
        string message = Assert.Throws<FormatException>(() => builder.Add(new ConcatAttribute { From = ["steps", "maximum"] })).Message;
        Assert.Contains("expected sources with a value at each step or sources with one per sequence, got both", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void An_option_that_is_not_finite_is_refused(float value) => Assert.Contains(
        "expected a finite ActivationAlpha, got",
        Assert.Throws<FormatException>(() => new ModelBuilder("a test", 2).Add(new ActivationAttribute(Activation.Elu) { ActivationAlpha = value })).Message, StringComparison.Ordinal);
}
