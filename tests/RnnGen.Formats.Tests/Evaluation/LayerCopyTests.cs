namespace RnnGen.Formats.Tests;

/// <summary>A copy of an attribute has all of its options, those of every layer and case.</summary>
public sealed class LayerCopyTests
{
    public static TheoryData<string> Cases => LayerCases.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_option_is_forgotten(string name)
    {
        foreach (ModelLayer layer in LayerCases.Get(name).Layers)
        {
            LayerAttribute copy = LayerCopy.Reading(layer.Attribute, ["other"]);
            Assert.Equal(["other"], copy.From!);
            Assert.Equal(AttributeText.Of(layer.Attribute), AttributeText.Of(LayerCopy.Reading(copy, layer.Attribute.From)));
        }
    }
}
