using System.Text;

namespace RnnGen.Formats.Tests;

/// <summary>What a reader asks of JSON, and what it hears where the file has something else.</summary>
public sealed class JsonFileTests
{
    [Fact]
    public void Values_are_those_of_the_file()
    {
        JsonValue root = Parse("""{"a": {"size": 3, "rate": 48e3, "on": true, "name": "am\u0070", "none": null}, "w": [[1, 2, 3], [4, -5e-1, 6]]}""");
        JsonValue a = root.Get("a");
        Assert.Equal((3, 48000, true, "amp"), (a.Get("size").Integer(1, 3), a.Get("rate").Number(), a.Get("on").Flag(), a.Get("name").Text()));
        Assert.Null(a.Find("none"));
        Assert.Null(a.Find("other"));
        Assert.Equal([1, 2, 3, 4, -0.5f, 6], root.Get("w").Singles(2, 3));
        Assert.Equal([2, 3], root.Get("w").Tensor().Shape);
        Assert.Equal(["a", "w"], root.Members().Select(member => member.Name));
        Assert.Equal(2, Parse("\uFEFF[1, 2]").Items(2)[1].Integer());
    }

    [Theory]
    [InlineData("""{"w": [[1, 2], [3]]}""", "w[1]: expected an array of 2, got an array of 1")]
    [InlineData("""{"w": [[1, 2], [3, "4"]]}""", "w[1][1]: expected a finite number, got the text \"4\"")]
    [InlineData("""{"w": [[1, 2], [3, 1e39]]}""", "w[1][1]: expected a finite number, got 1e39")]
    [InlineData("""{"w": [[1, 2], [3, [4]]]}""", "w[1][1]: expected a finite number, got an array of 1")]
    [InlineData("""{"w": null}""", "the file: expected a member \"w\", got none")]
    [InlineData("""[1]""", "the file: expected an object, got an array of 1")]
    [InlineData("""{"w": 1, "w": 2}""", "expected JSON, got something else: Duplicate property 'w'")]
    [InlineData("""{"w": 1, "\u0077": 2}""", "expected JSON, got something else: Duplicate property 'w'")]
    [InlineData("{\"w\":\n [1, NaN]}", "line 2, byte 6: expected JSON, got something else: 'N' is an invalid start of a value.")]
    [InlineData("""{"w": [1""", "line 1, byte 9: expected JSON, got something else: ")]
    [InlineData("", "line 1, byte 1: expected JSON, got something else: ")]
    public void Something_else_is_named_with_its_place(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<FormatException>(() => Parse(text).Get("w").Singles(2, 2)).Message, StringComparison.Ordinal);

    [Fact]
    public void Limits_members_and_texts_are_checked()
    {
        JsonValue root = Parse("""{"units": 0, "size": 1.5, "text": "\ud800", "flag": 1, "deep": [[[[[1]]]]], "empty": [[]]}""");
        AssertRefused("units: expected an integer of at least 1, got 0", () => root.Get("units").Integer(1));
        AssertRefused("units: expected an integer from 1 to 4, got 0", () => root.Get("units").Integer(1, 4));
        AssertRefused("size: expected an integer, got 1.5", () => root.Get("size").Integer());
        AssertRefused("text: expected valid text, got half of a character", () => root.Get("text").Text());
        AssertRefused("flag: expected true or false, got 1", () => root.Get("flag").Flag());
        AssertRefused("deep: expected at most 4 arrays within each other, got more", () => root.Get("deep").Tensor());
        AssertRefused("empty: expected arrays of at least one number, got an empty one", () => root.Get("empty").Tensor());
        AssertRefused("the file: expected no members but units, size, text, got \"flag\"", () => root.AllowOnly("units", "size", "text"));
    }

    [Fact]
    public void Bytes_that_are_no_text_and_deep_nesting_are_refused()
    {
        Assert.Throws<FormatException>(() => JsonFile.Parse(new ModelFile("x", [(byte)'"', 0xC3, (byte)'"'])));
        Assert.Throws<FormatException>(() => Parse(new string('[', 100_000)));
        Assert.Throws<FormatException>(() => Parse("""{"\ud800": 1, "\ud801": 1}""").Members());
    }

    [Fact]
    public void Root_members_are_seen_as_far_as_a_file_is_sound()
    {
        Assert.Equal(["a", "b"], JsonFile.RootMembers(File(" {\"a\": {\"c\": [1, {}]}, \"b\": [1, 2")));
        Assert.Empty(JsonFile.RootMembers(File("[{\"a\": 1}]")));
        Assert.Empty(JsonFile.RootMembers(File("\u0089HDF")));
        Assert.Empty(JsonFile.RootMembers(File("")));
    }

    private static void AssertRefused(string message, Action action) => Assert.Equal(message, Assert.Throws<FormatException>(action).Message);

    private static ModelFile File(string text) => new("test.json", Encoding.UTF8.GetBytes(text));

    private static JsonValue Parse(string text) => JsonFile.Parse(File(text));
}
