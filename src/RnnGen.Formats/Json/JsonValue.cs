using System.Text.Json;

namespace RnnGen.Formats;

/// <summary>A value of a JSON file and where it stands. Whatever else it is than what a reader asks for is a <see cref="FormatException"/> that names the place.</summary>
/// <param name="element">The value.</param>
/// <param name="path">Its place: <c>layers[2].weights</c>; empty for the root.</param>
internal sealed class JsonValue(JsonElement element, string path)
{
    /// <summary>Its place: <c>layers[2].weights</c>; empty for the root.</summary>
    public string Path => path;

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => element.ValueKind == JsonValueKind.Array;

    /// <summary>Whether it is a text.</summary>
    public bool IsText => element.ValueKind == JsonValueKind.String;

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => element.ValueKind == JsonValueKind.Number;

    /// <summary>Whether it is null.</summary>
    public bool IsNull => element.ValueKind == JsonValueKind.Null;

    /// <summary>What it is, for a message: <c>an array of 3</c>.</summary>
    public string Description => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => $"an array of {element.GetArrayLength()}",
        JsonValueKind.String => $"the text {Formats.Text.Shorten(element.GetRawText())}",
        _ => Formats.Text.Shorten(element.GetRawText()),
    };

    /// <summary>A member that the object must have.</summary>
    public JsonValue Get(string name) => Find(name) ?? throw Wrong($"expected a member \"{name}\", got none");

    /// <summary>A member of the object; null where it has none of that name, or null for it.</summary>
    public JsonValue? Find(string name)
    {
        Require(IsObject, "an object");
        return element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? new JsonValue(value, Below(name)) : null;
    }

    /// <summary>The object's members in the order of the file.</summary>
    public IReadOnlyList<(string Name, JsonValue Value)> Members()
    {
        Require(IsObject, "an object");
        List<(string, JsonValue)> members = [];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = Decoded(() => member.Name);
            members.Add((name, new JsonValue(member.Value, Below(name))));
        }

        return members;
    }

    /// <summary>Refuses the object where it has a member of another name: nothing in a file is passed over unseen.</summary>
    public void AllowOnly(params IReadOnlyCollection<string> names)
    {
        if (Members().FirstOrDefault(member => !names.Contains(member.Name)) is { Name: { } other })
            throw Wrong($"expected no members but {string.Join(", ", names)}, got {Formats.Text.Quote(other)}");
    }

    /// <summary>The array's elements.</summary>
    public IReadOnlyList<JsonValue> Items()
    {
        Require(IsArray, "an array");
        return [.. element.EnumerateArray().Select((item, index) => new JsonValue(item, $"{path}[{index}]"))];
    }

    /// <summary>The elements of an array that must have so many.</summary>
    public IReadOnlyList<JsonValue> Items(int count)
    {
        Require(IsArray && element.GetArrayLength() == count, $"an array of {count}");
        return Items();
    }

    /// <summary>An integer within limits.</summary>
    public int Integer(int smallest = int.MinValue, int largest = int.MaxValue)
    {
        int value = 0;
        Require(
            IsNumber && element.TryGetInt32(out value) && value >= smallest && value <= largest,
            (smallest, largest) switch
            {
                (int.MinValue, int.MaxValue) => "an integer",
                (_, int.MaxValue) => $"an integer of at least {smallest}",
                _ => $"an integer from {smallest} to {largest}",
            });
        return value;
    }

    /// <summary>A finite number.</summary>
    public double Number()
    {
        double value = 0;
        Require(IsNumber && element.TryGetDouble(out value) && double.IsFinite(value), "a finite number");
        return value;
    }

    /// <summary>A number that is finite in single precision.</summary>
    public float Single() => SingleOf(element) ?? throw Wrong($"expected a finite number, got {Description}");

    /// <summary>True or false.</summary>
    public bool Flag()
    {
        Require(element.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false");
        return element.GetBoolean();
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        Require(IsText, "a text");
        return Decoded(() => element.GetString()!);
    }

    /// <summary>The numbers of arrays within arrays, row-major.</summary>
    /// <param name="shape">How many elements the arrays of each level must have.</param>
    public float[] Singles(params ReadOnlySpan<int> shape)
    {
        // The list grows with what is there, whatever the shape claims.
        List<float> values = [];
        Collect(element, path, shape, values);
        return [.. values];
    }

    /// <summary>Numbers in arrays within arrays of any shape; those of a level are equally long.</summary>
    /// <param name="rank">The most levels.</param>
    public (int[] Shape, float[] Values) Tensor(int rank = 4)
    {
        List<int> shape = [];
        for (JsonElement inner = element; inner.ValueKind == JsonValueKind.Array; inner = inner[0])
        {
            shape.Add(inner.GetArrayLength());
            if (shape.Count > rank)
                throw Wrong($"expected at most {rank} arrays within each other, got more");
            if (shape[^1] == 0)
                throw Wrong("expected arrays of at least one number, got an empty one");
        }

        Require(shape.Count > 0, "an array of numbers");
        int[] sizes = [.. shape];
        return (sizes, Singles(sizes));
    }

    /// <summary>An exception about this value.</summary>
    /// <param name="problem">What is wrong: <c>expected …, got …</c>.</param>
    public FormatException Wrong(string problem) => new($"{(path.Length == 0 ? "the file" : Formats.Text.Shorten(path, 200))}: {problem}");

    private static float? SingleOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number) && float.IsFinite(number) ? number : null;

    private static void Collect(JsonElement element, string path, ReadOnlySpan<int> shape, List<float> values)
    {
        if (shape.IsEmpty)
        {
            values.Add(new JsonValue(element, path).Single());
            return;
        }

        var array = new JsonValue(element, path);
        array.Require(array.IsArray && element.GetArrayLength() == shape[0], $"an array of {shape[0]}");
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            // Paths of single numbers are made where one of them is wrong only.
            if (shape.Length == 1 && SingleOf(item) is { } number)
                values.Add(number);
            else
                Collect(item, $"{path}[{index}]", shape[1..], values);
            index++;
        }
    }

    private string Below(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Require(bool isSo, string expected)
    {
        if (!isSo)
            throw Wrong($"expected {expected}, got {Description}");
    }

    /// <summary>A text of the file, whose escapes may make none.</summary>
    private string Decoded(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException damage)
        {
            throw new FormatException(Wrong("expected valid text, got half of a character").Message, damage);
        }
    }
}
