using System.Numerics;

namespace RnnGen.Training;

/// <summary>An optimiser's formula for one update, a vector of weights at a time.</summary>
internal interface IUpdateRule
{
    /// <summary>How many remembered values the formula uses.</summary>
    static abstract int Slots { get; }

    /// <summary>The new weights.</summary>
    /// <param name="weight">The weights.</param>
    /// <param name="gradient">Their gradients, clipped.</param>
    /// <param name="first">The first remembered value of each, to be replaced.</param>
    /// <param name="second">The second.</param>
    Vector<float> Update(Vector<float> weight, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second);
}
