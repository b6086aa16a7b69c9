namespace RnnGen.Samples.JapaneseVowels.Tests;

public sealed class TsReaderTests
{
    [Fact]
    public void Cases_of_different_lengths_are_read_frame_by_frame()
    {
        Utterance[] utterances = Read(Ts.Header + Ts.Case(2, "3", (frame, dimension) => (100 * frame) + dimension) + "\n" + Ts.Case(1, "9", (_, _) => -0.5f));
        Assert.Equal([2, 8], utterances.Select(utterance => utterance.Speaker));
        Assert.Equal([.. Enumerable.Range(0, 12), .. Enumerable.Range(100, 12)], utterances[0].Features.Select(value => (int)value));
        Assert.Equal(Enumerable.Repeat(-0.5f, 12), utterances[1].Features);
    }

    [Fact]
    public void A_speaker_is_the_place_of_the_label() =>
        Assert.Equal(8, Assert.Single(Read(Ts.Header.Replace("1 2 3 4 5 6 7 8 9", "i h g f e d c b a") + Ts.Case(1, "a", (_, _) => 0))).Speaker);

    [Fact]
    public void Directives_may_be_in_any_case() =>
        Assert.Single(Read(Ts.Header.Replace("@data", "@DATA").Replace("@classLabel true", "@classlabel TRUE") + Ts.Case(1, "1", (_, _) => 0)));

    [Theory]
    [InlineData("", "made.ts: expected a line '@data', got none in 0 lines")]
    [InlineData("@data\n", "made.ts, line 1: expected @classLabel before @data")]
    [InlineData("1,2:3\n", "made.ts, line 1: expected a line that begins with @ or #, got '1,2:3'")]
    [InlineData("@timestamps true\n", "made.ts, line 1: expected '@timestamps false', got 'true'")]
    [InlineData("@missing\n", "made.ts, line 1: expected '@missing false', got ''")]
    [InlineData("@dimensions 11\n", "made.ts, line 1: expected '@dimensions 12', got '11'")]
    [InlineData("@classLabel false\n", "made.ts, line 1: expected '@classLabel true', got 'false'")]
    [InlineData("@classLabel true 1 2\n", "made.ts, line 1: expected 9 different labels, got '1 2'")]
    [InlineData("@classLabel true 1 2 3 4 5 6 7 8 8\n", "made.ts, line 1: expected 9 different labels, got '1 2 3 4 5 6 7 8 8'")]
    [InlineData(Ts.Header, "made.ts: expected cases after @data, got none")]
    [InlineData(Ts.Header + "1:2:3\n", "made.ts, line 8: expected 12 dimensions and a label, separated by colons, got 3 parts")]
    [InlineData(Ts.Header + "1:2:3:4:5:6:7:8:9:10:11:12:13\n", "made.ts, line 8: expected a label of 1 2 3 4 5 6 7 8 9, got '13'")]
    [InlineData(Ts.Header + "1,1:2,2:3,3:4:5:6:7:8:9:10:11:12:1\n", "made.ts, line 8: expected 2 values in dimension 4, got 1")]
    [InlineData(Ts.Header + "1:2:3:4:5,5:6:7:8:9:10:11:12:1\n", "made.ts, line 8: expected 1 values in dimension 5, got 2")]
    [InlineData(Ts.Header + "1:2:?:4:5:6:7:8:9:10:11:12:1\n", "made.ts, line 8: expected a number as value 1 of dimension 3, got '?'")]
    [InlineData(Ts.Header + "1:2:NaN:4:5:6:7:8:9:10:11:12:1\n", "made.ts, line 8: expected a number as value 1 of dimension 3, got 'NaN'")]
    [InlineData(Ts.Header + ":2:3:4:5:6:7:8:9:10:11:12:1\n", "made.ts, line 8: expected a number as value 1 of dimension 1, got ''")]
    public void What_is_wrong_is_named(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Read(text)).Message);

    private static Utterance[] Read(string text) => TsReader.Read(new StringReader(text), "made.ts");
}
