namespace RnnGen.Samples.CharRnn;

/// <summary>Generates text with a network: each character is sampled from the network's output and fed back as its next input.</summary>
/// <param name="network">The network.</param>
/// <param name="alphabet">Its characters.</param>
/// <param name="seed">Of what is drawn.</param>
internal sealed class Writer(CharacterModel network, Alphabet alphabet, int seed)
{
    /// <summary>A text from a zero state, as if after the end of a line.</summary>
    /// <param name="length">Characters.</param>
    /// <param name="temperature">0 takes the likeliest character; 1 samples the network's probabilities; less than 1 is more conservative.</param>
    public string Write(int length, double temperature)
    {
        var random = new Random(seed);
        var outputs = new float[(length + 1) * Alphabet.Size];
        var text = new char[length];
        int written = 0;
        network.Reset();
        network.Run(alphabet.Encode("\n")[0], length + 1, outputs, probabilities =>
        {
            int drawn = Draw(probabilities, temperature, random);
            text[written++] = alphabet[drawn];
            return drawn;
        });
        return new string(text);
    }

    /// <summary>Samples a class with probability proportional to p^(1 / temperature).</summary>
    public static int Draw(ReadOnlySpan<float> probabilities, double temperature, Random random)
    {
        int likeliest = 0;
        for (int i = 1; i < probabilities.Length; i++)
            if (probabilities[i] > probabilities[likeliest])
                likeliest = i;
        if (temperature == 0)
            return likeliest;

        // Relative to the likeliest: a power of a small number alone could be zero for all.
        Span<double> weights = stackalloc double[probabilities.Length];
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += weights[i] = Math.Pow(probabilities[i] / (double)probabilities[likeliest], 1 / temperature);
        double left = random.NextDouble() * sum;
        for (int i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }

        return likeliest;
    }
}
