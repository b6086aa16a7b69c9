using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>The constants that generated code has for sizes: those of one layer, with names that no other layer's have.</summary>
/// <param name="names">The names of the whole network.</param>
internal sealed class SizeScope(NameScope names)
{
    private readonly List<ConstantPlan> _constants = [];

    /// <summary>The constants in the order in which they were first asked for.</summary>
    public IEnumerable<ConstantPlan> Constants => _constants.GroupBy(constant => constant.Summary).SelectMany(group => group);

    /// <summary>A size by the name that is made of some words; the same at each call.</summary>
    /// <param name="value">The size.</param>
    /// <param name="summary">What such sizes are: those of one summary are declared together.</param>
    /// <param name="words">The words.</param>
    public Size Of(int value, string summary, params string[] words) => Of(Size.Of(value), summary, words);

    /// <summary>The same for a size that is made of others.</summary>
    /// <param name="value">The size, by their constants.</param>
    /// <param name="summary">What such sizes are.</param>
    /// <param name="words">The words.</param>
    public Size Of(Size value, string summary, params string[] words)
    {
        string name = names.Of((string.Join(" ", words), value.Value), words);
        if (_constants.All(constant => constant.Name != name))
            _constants.Add(new ConstantPlan(name, value, summary));
        return new Size(value, name);
    }
}
