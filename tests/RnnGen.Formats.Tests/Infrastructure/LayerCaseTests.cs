namespace RnnGen.Formats.Tests;

/// <summary>A layer or an option that RnnGen gets is missed here until it has a case: without one, no reader or writer of files is tried with it.</summary>
public sealed class LayerCaseTests
{
    /// <summary>What inference does not know, or what is a layer's place and not what it computes.</summary>
    private static readonly string[] Others = ["Name", "From", "IsOutput", "RecurrentDropout", "ForgetBias"];

    private static readonly LayerAttribute[] All = [.. LayerCases.Keys.SelectMany(name => LayerCases.Get(name).Layers.Select(layer => layer.Attribute))];

    [Fact]
    public void Every_layer_has_a_case() => Assert.Empty(Kinds().Except(All.Select(layer => layer.GetType())));

    [Fact]
    public void Every_option_is_set_in_a_case() => Assert.Empty(
        from kind in Kinds()
        from option in kind.GetProperties()
        where option.CanWrite && !Others.Contains(option.Name)
        let layers = All.Where(layer => option.DeclaringType!.IsInstanceOfType(layer)).ToArray()
        where !Array.Exists(layers, layer => !Equals(option.GetValue(layer), option.GetValue(LayerCopy.Plain(layer))))
        select $"{option.DeclaringType!.Name}.{option.Name}");

    private static IEnumerable<Type> Kinds() => typeof(LayerAttribute).Assembly.GetExportedTypes()
        .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract);
}
