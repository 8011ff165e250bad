import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { done, Refusal } from '../answers.ts';
import { type City, cities, type District, findCity } from '../places.ts';

const ById = z.object({ id: z.string() });

/** Cities and districts, in Bosta's two shapes of them. */
export function placeRoutes(app: FastifyInstance) {
  app.get('/cities', { config: { operation: 'cities' } }, async () =>
    done({ list: cities.map(cityRow) }),
  );

  app.get('/cities/getAllDistricts', { config: { operation: 'cities' } }, async () =>
    done(
      cities.map((city) => ({
        cityId: city.id,
        cityName: city.name,
        cityOtherName: city.nameAr,
        cityCode: city.code,
        districts: city.districts.map(districtRow),
      })),
    ),
  );

  app.get('/cities/:id/districts', { config: { operation: 'cities' } }, async (request) => {
    const city = findCity(ById.parse(request.params).id);
    if (!city) throw new Refusal(404, 'City Not Found', 3001);
    return done(city.districts.map(districtRow));
  });
}

function cityRow({ id, name, nameAr, code }: City) {
  return {
    _id: id,
    name,
    nameAr,
    alias: name,
    code,
    pickupAvailability: true,
    dropOffAvailability: true,
  };
}

function districtRow({ id, zoneId, name, nameAr, collects }: District) {
  return {
    zoneId,
    zoneName: name,
    zoneOtherName: nameAr,
    districtId: id,
    districtName: name,
    districtOtherName: nameAr,
    pickupAvailability: collects,
    dropOffAvailability: true,
    coverage: 'BOSTA',
  };
}
